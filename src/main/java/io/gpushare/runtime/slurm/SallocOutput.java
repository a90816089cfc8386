package io.gpushare.runtime.slurm;

import io.gpushare.process.ProgramOutput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code salloc} says while a job waits and is granted. */
final class SallocOutput implements ProgramOutput {
    private static final Pattern JOB = Pattern.compile("(?:job allocation|salloc: job) (\\d+)");
    private static final String GRANTED = "Granted job allocation";
    private static final int MOST_KEPT = 10_000;

    private final StringBuilder said = new StringBuilder();

    @Override
    public void stdout(byte[] bytes, int offset, int count) {}

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int count) {
        if (said.length() < MOST_KEPT) {
            said.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
        }
    }

    synchronized Optional<String> jobId() {
        Matcher found = JOB.matcher(said);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    synchronized boolean granted() {
        int begin = said.indexOf(GRANTED);
        return begin >= 0 && said.indexOf("\n", begin) > 0;
    }

    /** In one line, without its own name before each sentence. */
    synchronized String words() {
        return said.toString().replaceAll("(?m)^salloc: (error: )?", "").strip().replaceAll("\\s*\n\\s*", "; ");
    }
}
