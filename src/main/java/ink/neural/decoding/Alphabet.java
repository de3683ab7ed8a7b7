package ink.neural.decoding;

/**
 * The symbols of a CTC network's outputs: 0 is the blank, and symbol i stands for the character at index i - 1.
 *
 * @param characters the characters in the order of the network's outputs, without the blank
 */
public record Alphabet(String characters) {
    /** The symbol that stands for no character. */
    public static final int BLANK = 0;

    /**
     * Checks the characters.
     *
     * @param characters the characters in the order of the network's outputs, without the blank
     * @throws IllegalArgumentException if there are none, or one occurs twice or lies beyond U+FFFF
     */
    public Alphabet {
        if (characters.isEmpty()
                || characters.chars().distinct().count() < characters.length()
                || characters.chars().anyMatch(c -> Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException("the alphabet is empty, or has a character twice or beyond U+FFFF");
        }
    }

    /**
     * The number of symbols with the blank.
     *
     * @return the number of the network's outputs
     */
    public int size() {
        return characters.length() + 1;
    }

    /**
     * The character of a symbol other than the blank.
     *
     * @param symbol from 1 to {@code size() - 1}
     * @return the character
     */
    public char character(int symbol) {
        return characters.charAt(symbol - 1);
    }

    /**
     * The symbol of a character.
     *
     * @param character any character
     * @return the symbol, or {@link #BLANK} if the network does not know the character
     */
    public int symbol(char character) {
        return characters.indexOf(character) + 1;
    }

    /**
     * Whether the network knows a character.
     *
     * @param character any character
     * @return true if a symbol stands for it
     */
    public boolean contains(char character) {
        return symbol(character) != BLANK;
    }
}
