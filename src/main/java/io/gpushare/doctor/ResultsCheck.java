package io.gpushare.doctor;

import io.gpushare.doctor.ResultsCheck.ResultsView;
import io.gpushare.text.Amount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Can results be written, and is there room for them? */
final class ResultsCheck implements Check<ResultsView> {
    /** An hour of samples at 10 Hz takes tens of MiB; the logs of tenants may take more. */
    private static final long ENOUGH_BYTES = 1L << 30;

    /** Less than one run may need. */
    private static final long TOO_FEW_BYTES = 64L << 20;

    private final Path directory;
    private final Volumes volumes;

    ResultsCheck(Path directory, Volumes volumes) {
        this.directory = directory.toAbsolutePath().normalize();
        this.volumes = volumes;
    }

    /** @param exists whether the directory is there already; otherwise its nearest parent was looked at */
    record ResultsView(Path directory, boolean exists, boolean isDirectory, Volumes.Space space) {
        Optional<Obstacle> obstacle() {
            if (!isDirectory) {
                return Optional.of(Obstacle.of(directory + " is a file", "Choose another directory with --out."));
            }
            if (!space.writable()) {
                return Optional.of(Obstacle.of(
                        directory + " cannot be written", "Choose another directory with --out, or change its owner."));
            }
            if (space.usableBytes() < TOO_FEW_BYTES) {
                return Optional.of(Obstacle.of(
                        directory + " is full: " + Amount.bytes(space.usableBytes()) + " left",
                        "Free some space, or choose another directory with --out."));
            }
            return Optional.empty();
        }
    }

    @Override
    public ResultsView look() {
        Path nearest = directory;
        while (Files.notExists(nearest)) {
            nearest = Optional.ofNullable(nearest.getParent()).orElse(directory.getRoot());
        }
        return new ResultsView(directory, nearest.equals(directory), Files.isDirectory(nearest), volumes.at(nearest));
    }

    @Override
    public List<Finding> findings(ResultsView view) {
        String free = Amount.bytes(view.space().usableBytes()) + " free";
        Values values = new Values()
                .put("directory", view.directory().toString())
                .put("exists", view.exists())
                .put("writable", view.space().writable())
                .put("free_bytes", view.space().usableBytes());
        Finding finding = view.obstacle()
                .map(obstacle -> Finding.broken("results-directory", "directory", obstacle.why())
                        .mend(obstacle.mend()))
                .orElseGet(() -> view.space().usableBytes() < ENOUGH_BYTES
                        ? Finding.note("results-directory", "directory", view.directory() + ", only " + free)
                        : Finding.ok("results-directory", "directory", view.directory() + ", " + free));
        return List.of(finding.values(values));
    }
}
