package io.gpushare.runtime;

/**
 * Takes what a tenant prints, as it comes, on a thread of the runtime; a tenant that prints faster than this returns must
 * wait. Calls for one tenant come one at a time, those for stdout in order, all of them before its exit is known.
 */
public interface TenantOutput {
    void stdout(byte[] bytes, int offset, int count);

    void stderr(byte[] bytes, int offset, int count);
}
