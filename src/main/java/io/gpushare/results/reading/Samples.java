package io.gpushare.results.reading;

import io.gpushare.results.ResultName;
import io.gpushare.results.reading.find.Candidate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Files of samples, by their names. */
final class Samples {
    private Samples() {}

    static boolean named(Candidate candidate) {
        String name = String.valueOf(candidate.file().getFileName());
        return name.startsWith("gpu_monitor_") && !name.endsWith(ResultName.JOURNAL_ENDING);
    }

    /**
     * Of one that a run owns, and that was written to its end, nothing is needed before a picture of the run is drawn.
     */
    static FileContent read(Candidate candidate, Set<String> owned) {
        Path file = candidate.file();
        return owned.contains(String.valueOf(file.getFileName())) && complete(file)
                ? new FileContent.PartOfRun()
                : FileReader.read(candidate);
    }

    /** Whether it ends as every file of samples does that was not cut off. */
    private static boolean complete(Path file) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer end = ByteBuffer.allocate(2);
            channel.position(Math.max(0, channel.size() - 2)).read(end);
            return end.flip().equals(ByteBuffer.wrap(new byte[] {'}', '\n'}));
        } catch (IOException _) {
            return false;
        }
    }
}
