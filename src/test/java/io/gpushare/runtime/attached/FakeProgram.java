package io.gpushare.runtime.attached;

import java.util.Optional;
import java.util.Set;

/** Somebody else's program, which is there until the test says otherwise. */
public class FakeProgram implements AttachedProgram {
    private final String name;
    public volatile Set<Integer> processes = Set.of();
    public volatile Optional<String> whyGone = Optional.empty();

    public FakeProgram(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Integer> processes() {
        return processes;
    }

    @Override
    public Optional<String> whyGone() {
        return whyGone;
    }
}
