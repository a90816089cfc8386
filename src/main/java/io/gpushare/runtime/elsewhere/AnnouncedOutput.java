package io.gpushare.runtime.elsewhere;

import io.gpushare.process.ProgramOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands on what a tenant prints that was started elsewhere, but for the line on stderr that it begins with, which no
 * tenant said: where it runs.
 */
public final class AnnouncedOutput implements ProgramOutput {
    private static final Pattern ANNOUNCEMENT = Pattern.compile("gpushare-step (\\S+) (\\d+) (\\S+)");

    private static final int LONGEST_LINE = 4096;

    private final ProgramOutput output;
    private final Predicate<String> launcherSays;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Optional<Place> place = Optional.empty();

    /**
     * Where a tenant runs.
     *
     * @param step as its launcher calls it
     * @param pid on that node, and of its process group
     */
    public record Place(String step, int pid, String node) {}

    /** @param launcherSays of a line on stderr, whether the launcher said it, and nobody else is to know */
    public AnnouncedOutput(ProgramOutput output, Predicate<String> launcherSays) {
        this.output = output;
        this.launcherSays = launcherSays;
    }

    /**
     * A script around the program: says where it runs before it becomes it.
     *
     * @param step and {@code node} as variables of the shell, or words
     */
    public static String wrapper(String step, String node) {
        return "echo \"gpushare-step " + step + " $$ " + node + "\" >&2; exec \"$@\"";
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
        if (!launcherSays.test(text) && !handedOn) {
            output.stderr(whole, 0, whole.length);
        }
    }

    /** Empty before it has said so. */
    public synchronized Optional<Place> place() {
        return place;
    }
}
