package ink.neural.bulk;

import java.io.IOException;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Shows how far a run is, on the standard error stream. */
public final class Progress {
    private static final int TERMINAL_INTERVAL_MS = 500;
    private static final int LOG_INTERVAL_MS = 30_000;
    private static final int LOG_WIDTH = 120;

    private Progress() {}

    /**
     * A bar on a terminal. In a log file, which keeps every update, a line every half minute.
     *
     * @param task what is being done
     * @param max how much there is to do
     * @return a builder of the bar
     */
    public static ProgressBarBuilder builder(String task, long max) {
        ProgressBarBuilder builder = ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(TERMINAL_INTERVAL_MS);
        if (!isTerminal()) {
            builder.setUpdateIntervalMillis(LOG_INTERVAL_MS)
                    .setConsumer(new DelegatingProgressBarConsumer(System.err::println, LOG_WIDTH));
        }
        return builder;
    }

    private static boolean isTerminal() {
        try (Terminal terminal = TerminalBuilder.builder()
                .systemOutput(TerminalBuilder.SystemOutput.SysErr)
                .dumb(true)
                .build()) {
            return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
        } catch (IOException noTerminal) {
            return false;
        }
    }
}
