package io.gpushare.runtime.docker.engine;

/** What the search for an engine came to. */
public sealed interface EngineAnswer {

    record Found(Engine engine) implements EngineAnswer {}

    record Unusable(EngineProblem problem) implements EngineAnswer {}
}
