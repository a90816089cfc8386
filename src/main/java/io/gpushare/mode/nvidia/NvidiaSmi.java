package io.gpushare.mode.nvidia;

import io.gpushare.gpu.GpuIdentity;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code nvidia-smi}, asked and told about one GPU. */
final class NvidiaSmi {
    /** Switching MIG resets the GPU, which takes seconds; a driver that needs longer than this hangs. */
    private static final Duration PATIENCE_FOR_CHANGES = Duration.ofMinutes(2);

    private static final Duration PATIENCE_FOR_ANSWERS = Duration.ofSeconds(30);

    private final CommandRunner runner;
    private final GpuIdentity gpu;
    private final ChangeMark mark;

    NvidiaSmi(CommandRunner runner, GpuIdentity gpu) {
        this.runner = runner;
        this.gpu = gpu;
        this.mark = new ChangeMark(gpu.uuid());
    }

    ChangeMark mark() {
        return mark;
    }

    String label() {
        return "GPU " + gpu.index();
    }

    int index() {
        return gpu.index();
    }

    /**
     * A change that Ctrl-C cuts short is neither made nor put back.
     *
     * @param subcommand as {@code mig}; empty for what nvidia-smi does itself
     */
    Command command(String subcommand, String... arguments) {
        List<String> all = new ArrayList<>(List.of("nvidia-smi"));
        if (!subcommand.isEmpty()) {
            all.add(subcommand);
        }
        all.addAll(List.of("-i", Integer.toString(gpu.index())));
        all.addAll(List.of(arguments));
        return Command.of(all.getFirst(), all.subList(1, all.size()).toArray(String[]::new))
                .timeout(PATIENCE_FOR_ANSWERS)
                .leftUndisturbed();
    }

    /** Finds out whether it is there at all. */
    void require() {
        runner.require(command(""));
    }

    CommandResult ask(Command question) throws InterruptedException {
        return runner.run(question);
    }

    /** Only what was refused is known afterwards: that it came true is to be read. */
    Optional<Refusal> change(Command command) throws InterruptedException {
        return Refusal.of(runner.run(mark.on(command).timeout(PATIENCE_FOR_CHANGES)));
    }
}
