package io.gpushare.workload.protocol;

/** Told what a tenant's stdout means, in its order. */
public interface ProtocolListener {
    void message(TenantMessage message);

    /**
     * A piece of the tenant's own output: every byte that is no message, with its line feeds, in as many calls as it
     * takes.
     */
    void log(byte[] bytes, int offset, int count);

    /** A line that begins as a message and is none: what is wrong with it. It also goes to the log. */
    void violation(String problem);
}
