package io.gpushare.mode;

import java.util.List;

/** @param evidence sentences, the one that says most first: what was seen, or what speaks against it */
public record ModeProof(boolean proven, List<String> evidence) {
    public ModeProof {
        evidence = List.copyOf(evidence);
    }
}
