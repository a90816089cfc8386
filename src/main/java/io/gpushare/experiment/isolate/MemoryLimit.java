package io.gpushare.experiment.isolate;

/**
 * What a neighbour got that took all memory that it could.
 *
 * @param whose limit it is, as {@code memory limit of MPS}
 * @param gotBytes without what its context takes
 */
public record MemoryLimit(String whose, long limitBytes, long gotBytes) {
    public boolean held() {
        return gotBytes <= limitBytes;
    }
}
