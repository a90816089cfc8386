package io.gpushare.runtime.docker.engine;

public enum EngineKind {
    DOCKER("Docker"),
    /** Its Docker API silently ignores device requests that are not CDI. */
    PODMAN("Podman");

    private final String words;

    EngineKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
