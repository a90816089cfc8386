package io.gpushare.run.stage;

/** How a user's wish to end reaches a run. */
public interface StopRequest {

    /** Calls back once, from any thread, when the user wants to end; at once if that was before. */
    void onRequest(Runnable callback);
}
