package ink.neural.decoding;

import java.util.Random;

/** Log-probabilities as a CTC network gives them. */
final class Frames {
    static final Alphabet ALPHABET =
            new Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,'-!?:;\"()&/@#%+*=$");

    private Frames() {}

    /** Random frames: softmax over normally distributed logits. */
    static float[][] random(Random random, int frames, int symbols, double spread) {
        float[][] logits = new float[frames][symbols];
        for (float[] frame : logits) {
            for (int symbol = 0; symbol < symbols; symbol++) {
                frame[symbol] = (float) (spread * random.nextGaussian());
            }
            normalize(frame);
        }
        return logits;
    }

    /** Frames that show a text, three frames a character: the character twice, then a blank. */
    static float[][] showing(Alphabet alphabet, String text, double certainty) {
        float[][] frames = new float[3 * text.length() + 1][];
        frames[0] = frame(alphabet, Alphabet.BLANK, certainty);
        for (int i = 0; i < text.length(); i++) {
            int symbol = alphabet.symbol(text.charAt(i));
            frames[3 * i + 1] = frame(alphabet, symbol, certainty);
            frames[3 * i + 2] = frame(alphabet, symbol, certainty);
            frames[3 * i + 3] = frame(alphabet, Alphabet.BLANK, certainty);
        }
        return frames;
    }

    /** A frame with one symbol of the given probability, and the rest spread evenly over the others. */
    static float[] frame(Alphabet alphabet, int symbol, double probability) {
        float[] frame = new float[alphabet.size()];
        java.util.Arrays.fill(frame, (float) Math.log((1 - probability) / (alphabet.size() - 1)));
        frame[symbol] = (float) Math.log(probability);
        return frame;
    }

    /** Moves some probability from one character of a frame to another. */
    static void share(Alphabet alphabet, float[] frame, char from, char to, double share) {
        double probability = Math.exp(frame[alphabet.symbol(from)]);
        frame[alphabet.symbol(from)] = (float) Math.log(probability * (1 - share));
        frame[alphabet.symbol(to)] = (float) Math.log(probability * share);
    }

    private static void normalize(float[] frame) {
        double sum = 0;
        for (float logit : frame) {
            sum += Math.exp(logit);
        }
        for (int symbol = 0; symbol < frame.length; symbol++) {
            frame[symbol] -= (float) Math.log(sum);
        }
    }
}
