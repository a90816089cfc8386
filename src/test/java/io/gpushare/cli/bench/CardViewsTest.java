package io.gpushare.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.run.stage.RunListener.StageInfo;
import io.gpushare.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CardViewsTest {
    private static final TerminalSize SIZE = new TerminalSize(100, 24);

    private final CapturedConsole captured = CapturedConsole.terminal(Map.of("TERM", "xterm"));

    private List<String> lines(int gpus) {
        try (CardViews.Page page = new CardViews.Page(captured.console, new VirtualTime(), () -> SIZE)) {
            for (int gpu = 0; gpu < gpus; gpu++) {
                BenchView view = page.of("GPU " + gpu, "GPU " + gpu + " · NVIDIA H200 · mps");
                view.stageBegan(
                        new StageInfo("tenants", 2, 2, List.of("stream", "stream"), Duration.ofSeconds(30), false));
                view.noted("tenant 0 is slow");
            }
            return page.lines(SIZE);
        }
    }

    @Test
    void eachGpuHasItsPartOfThePage() {
        List<String> two = lines(2);
        assertThat(two).hasSizeLessThan(SIZE.rows());
        assertThat(two.stream().filter(line -> line.contains("GPU 0 ·"))).hasSize(1);
        assertThat(two.stream().filter(line -> line.contains("GPU 1 ·"))).hasSize(1);
        assertThat(two.stream().filter(line -> line.contains("launching"))).hasSize(2);
        assertThat(captured.err()).contains("GPU 1: tenant 0 is slow");
    }

    @Test
    void ofManyEachStillHasALine() {
        List<String> sixteen = lines(16);
        assertThat(sixteen).hasSize(16).allSatisfy(line -> assertThat(line).contains("stage 2 of 2: tenants"));
    }
}
