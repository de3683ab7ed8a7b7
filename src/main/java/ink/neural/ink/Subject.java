package ink.neural.ink;

/** What a picture shows. It tells which marks on the paper are ink. */
enum Subject {
    /** One character: one large mark, and what belongs to it. */
    CHARACTER,
    /** Text: any number of marks anywhere on the paper. */
    TEXT
}
