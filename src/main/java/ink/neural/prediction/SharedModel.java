package ink.neural.prediction;

import ink.neural.recognition.Model;

/**
 * Counts the users of a model, so that no thread uses memory that has been freed.
 *
 * @param <M> type of the model
 */
final class SharedModel<M extends Model> {
    private final M model;
    private int users;

    SharedModel(M model) {
        this.model = model;
    }

    M model() {
        return model;
    }

    synchronized void acquire() {
        users++;
    }

    synchronized void release() {
        users--;
        notifyAll();
    }

    /** Waits until no thread uses the model, then closes it. None may acquire it any more. */
    synchronized void closeWhenUnused() {
        boolean interrupted = false;
        while (users > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        model.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
