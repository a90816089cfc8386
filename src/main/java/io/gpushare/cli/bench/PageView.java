package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LiveBlock;
import io.gpushare.cli.terminal.Style;
import io.gpushare.gpu.Gpu;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.time.Duration;
import java.util.Optional;

/** Feeds the page of one run. Failures and notes go above the block that redraws itself. */
abstract class PageView implements BenchView {
    final BenchProgress progress;
    final BenchPage page;
    private final ToldFailures told = new ToldFailures();

    PageView(BenchProgress progress, BenchPage page) {
        this.progress = progress;
        this.page = page;
    }

    abstract void print(String sentence, Style style);

    /** @param prefix of ours, before what somebody else's program may have said */
    static void print(String prefix, String sentence, Style style, Console console, LiveBlock block, int columns) {
        Wrapping.of(prefix + SafeText.of(sentence), columns)
                .forEach(line -> block.print(console.styledForErr(style, line), columns));
    }

    @Override
    public final void sampled(Gpu gpu, LatestReadings latest) {
        page.sampled(gpu, latest);
    }

    @Override
    public final void stageBegan(StageInfo stage) {
        progress.stageBegan(stage);
        told.clear();
    }

    @Override
    public final void phaseBegan(Phase phase, Optional<Duration> expected) {
        progress.phaseBegan(phase, expected);
    }

    @Override
    public final void tenantChanged(TenantStatus status) {
        progress.tenantChanged(status);
        told.sentence(status).ifPresent(sentence -> print(sentence, Style.BAD));
    }

    @Override
    public final void stageEnded(StageInfo stage) {
        progress.stageEnded(stage);
    }

    @Override
    public final void noted(String sentence) {
        print(sentence, Style.ATTENTION);
    }
}
