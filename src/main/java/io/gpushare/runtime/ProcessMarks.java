package io.gpushare.runtime;

/** Variables by which the processes of a run are known, also when nobody remembers having started them. */
public final class ProcessMarks {
    public static final String RUN_ID = "GPUSHARE_RUN_ID";
    public static final String TENANT = "GPUSHARE_TENANT";
    public static final String OWNER = "GPUSHARE_OWNER";

    private ProcessMarks() {}
}
