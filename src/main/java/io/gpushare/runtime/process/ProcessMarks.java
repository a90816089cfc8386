package io.gpushare.runtime.process;

/** Variables by which the processes of a run are known, also when nobody remembers having started them. */
final class ProcessMarks {
    static final String RUN_ID = "GPUSHARE_RUN_ID";
    static final String TENANT = "GPUSHARE_TENANT";
    static final String OWNER = "GPUSHARE_OWNER";

    private ProcessMarks() {}
}
