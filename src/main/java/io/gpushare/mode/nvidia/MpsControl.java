package io.gpushare.mode.nvidia;

import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Talks with MPS daemons through NVIDIA's control tool, which exits with 0 whatever it was told. */
final class MpsControl {
    static final String PROGRAM = "nvidia-cuda-mps-control";
    static final String PIPE_DIRECTORY = "CUDA_MPS_PIPE_DIRECTORY";

    private static final String NO_DAEMON = "Cannot find MPS control daemon process";

    private final CommandRunner runner;

    MpsControl(CommandRunner runner) {
        this.runner = runner;
    }

    sealed interface Answer {
        /** A daemon said this; it may be a complaint. */
        record Said(List<String> lines) implements Answer {
            public Said {
                lines = List.copyOf(lines);
            }

            boolean onlyNumbers() {
                return lines.stream().allMatch(line -> line.matches("\\d{1,9}"));
            }
        }

        record NoDaemon() implements Answer {}

        /** @param why in words of the tool */
        record Unclear(String why) implements Answer {}
    }

    boolean isInstalled() {
        return runner.find(PROGRAM).isPresent();
    }

    Answer ask(Path pipeDirectory, String question, Duration patience) throws InterruptedException {
        return ask(pipeDirectory, question, patience, Map.of());
    }

    /** @param marks added to the tool's environment */
    Answer ask(Path pipeDirectory, String question, Duration patience, Map<String, String> marks)
            throws InterruptedException {
        Command command = Command.of(PROGRAM)
                .environment(PIPE_DIRECTORY, pipeDirectory.toString())
                .stdin(question + "\n")
                .timeout(patience)
                .leftUndisturbed();
        for (Map.Entry<String, String> mark : marks.entrySet()) {
            command = command.environment(mark.getKey(), mark.getValue());
        }
        try {
            return answer(runner.run(command));
        } catch (CommandException failure) {
            return new Answer.Unclear(failure.sentence());
        }
    }

    private static Answer answer(CommandResult result) {
        String said = result.stdout() + "\n" + result.stderr();
        if (said.contains(NO_DAEMON)) {
            return new Answer.NoDaemon();
        }
        List<String> lines =
                said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return result.succeeded()
                ? new Answer.Said(lines)
                : new Answer.Unclear(
                        PROGRAM + " exited with " + result.exitCode() + " and said: " + String.join(" ", lines));
    }
}
