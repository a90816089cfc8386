package io.gpushare.runtime.slurm;

import io.gpushare.process.ProgramOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands on what a tenant prints, and keeps what its step says of itself: the line on stderr that it begins with, which
 * no tenant said, and srun's word on how it ended.
 */
final class StepOutput implements ProgramOutput {
    private static final Pattern ANNOUNCEMENT = Pattern.compile("gpushare-step (\\d+) (\\d+) (\\S+)");
    private static final Pattern TASK_END = Pattern.compile("srun: error: \\S+: task \\d+: (.+)");
    /** What srun says where it is told to bind nothing, and nothing would. */
    private static final String NOTHING_BINDS = "srun: cluster configuration lacks support for cpu binding";

    private static final int LONGEST_LINE = 4096;

    private final ProgramOutput output;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Optional<Place> place = Optional.empty();
    private String taskEnd = "";

    /**
     * Where a tenant runs.
     *
     * @param step of the job
     * @param pid on that node, and of its process group
     */
    record Place(String step, int pid, String node) {}

    StepOutput(ProgramOutput output) {
        this.output = output;
    }

    /**
     * Around the program: says where it runs before it becomes it. What a program loads first, srun should not load
     * itself.
     */
    static String wrapper() {
        return "echo \"gpushare-step $SLURM_STEP_ID $$ $SLURMD_NODENAME\" >&2; exec \"$@\"";
    }

    @Override
    public void stdout(byte[] bytes, int offset, int count) {
        output.stdout(bytes, offset, count);
    }

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int count) {
        boolean announced = place.isPresent();
        if (announced) {
            output.stderr(bytes, offset, count);
        }
        for (int at = offset; at < offset + count; at++) {
            line.write(bytes[at]);
            if (bytes[at] == '\n' || line.size() >= LONGEST_LINE) {
                boolean handedOn = announced;
                endLine(handedOn);
                if (!announced && place.isPresent()) {
                    announced = true;
                    output.stderr(bytes, at + 1, offset + count - at - 1);
                }
            }
        }
    }

    private void endLine(boolean handedOn) {
        byte[] whole = line.toByteArray();
        line.reset();
        String text = new String(whole, StandardCharsets.UTF_8).strip();
        Matcher found = ANNOUNCEMENT.matcher(text);
        if (place.isEmpty() && found.matches()) {
            place = Optional.of(new Place(found.group(1), Integer.parseInt(found.group(2)), found.group(3)));
            return;
        }
        Matcher end = TASK_END.matcher(text);
        if (end.matches()) {
            taskEnd = end.group(1);
        }
        if (!handedOn && !text.equals(NOTHING_BINDS)) {
            output.stderr(whole, 0, whole.length);
        }
    }

    synchronized Optional<Place> place() {
        return place;
    }

    /** As {@code Killed} or {@code Exited with exit code 3}; empty where srun said nothing of it. */
    synchronized String taskEnd() {
        return taskEnd;
    }
}
