package ink.neural.decoding;

/** The state of an automaton after a text. Automata read the text beside the beam search and constrain it. */
interface Acceptor {
    /** The automaton of every text. */
    Acceptor ANY = new Acceptor() {
        @Override
        public Acceptor next(int symbol) {
            return this;
        }

        @Override
        public boolean accepts() {
            return true;
        }

        @Override
        public double lookahead(int frame) {
            return 0;
        }

        @Override
        public double bestLookahead(int frame) {
            return 0;
        }
    };

    /**
     * The state after one more symbol.
     *
     * @return the state, or null if no accepted text goes on like this
     */
    Acceptor next(int symbol);

    /** Whether the text up to now may end. */
    boolean accepts();

    /**
     * How well the remaining frames can complete the text.
     *
     * @return the log-probability of the most probable path through the frames from {@code frame} on that leads to an
     *     accepted text, or an estimate that is not lower; minus infinity only if there is none
     */
    double lookahead(int frame);

    /** The largest lookahead of any state of this automaton. */
    double bestLookahead(int frame);

    /** Both automata at once. */
    record Both(Acceptor first, Acceptor second) implements Acceptor {
        @Override
        public Acceptor next(int symbol) {
            Acceptor next = first.next(symbol);
            Acceptor nextSecond = next == null ? null : second.next(symbol);
            return nextSecond == null ? null : new Both(next, nextSecond);
        }

        @Override
        public boolean accepts() {
            return first.accepts() && second.accepts();
        }

        @Override
        public double lookahead(int frame) {
            return Math.min(first.lookahead(frame), second.lookahead(frame));
        }

        @Override
        public double bestLookahead(int frame) {
            return Math.min(first.bestLookahead(frame), second.bestLookahead(frame));
        }
    }
}
