package io.gpushare.runtime.docker.engine;

/** Carries a problem out of the search; the search turns it into an answer. */
final class EngineUnusableException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient EngineProblem problem;

    EngineUnusableException(EngineProblem.Kind kind, String sentence, String advice) {
        super(sentence);
        this.problem = EngineProblem.of(kind, sentence, advice);
    }

    EngineProblem problem() {
        return problem;
    }
}
