package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** By which the programs that change a GPU are found again, when the gpushare that started them was killed. */
final class ChangeMark {
    private static final String VARIABLE = "GPUSHARE_CHANGE";

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final ProcessTable table = ProcessTable.ofThisMachine();
    private final String uuid;

    ChangeMark(String uuid) {
        this.uuid = uuid;
    }

    Command on(Command command) {
        return command.environment(VARIABLE, uuid);
    }

    Map<String, String> variables() {
        return Map.of(VARIABLE, uuid);
    }

    void awaitEnd(Duration patience) throws InterruptedException {
        long deadline = Time.real().nanos() + patience.toNanos();
        for (List<LiveProcess> left = marked(); !left.isEmpty(); left = marked()) {
            if (Time.real().nanos() > deadline) {
                throw stillThere(left);
            }
            Time.real().sleep(BETWEEN_LOOKS);
        }
    }

    private List<LiveProcess> marked() {
        return table.all().stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> uuid.equals(table.environment(process).get(VARIABLE)))
                .toList();
    }

    private GpushareException stillThere(List<LiveProcess> left) {
        String who = left.stream()
                .map(process -> process.pid() + " (" + table.commandLine(process) + ")")
                .collect(Collectors.joining(", "));
        return GpushareException.failed(
                "an earlier change of the GPU has not ended: process " + who,
                "Wait for its end, or end it, and try again. One that sits in the driver ends with a reboot only.");
    }
}
