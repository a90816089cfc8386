package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.elsewhere.AnnouncedOutput;
import io.gpushare.runtime.elsewhere.NodeHelper;
import io.gpushare.runtime.elsewhere.ProcessWatch.Watched;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A tenant that runs in a pod. */
final class KubernetesTenant implements Tenant, Watched {
    private static final int SIGNALS_BEGIN = 128;
    private static final int LAST_SIGNAL = 64;
    private static final int KILL = 9;

    /** In which the kubelet tells of one that was killed, and the cluster why. */
    private static final long DEATH_S = 15;

    private final WaitingPod pod;
    private final ExecPipe pipe;
    private final AnnouncedOutput output;
    private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
    private volatile String lost = "";
    private volatile boolean unwanted;

    interface Fate {
        /** What became of a tenant whose pipes ended so, and nobody here wanted it. */
        TenantExit of(WaitingPod pod, PipeEnd end);
    }

    KubernetesTenant(WaitingPod pod, ExecPipe pipe, AnnouncedOutput output, Fate fate) {
        this.pod = pod;
        this.pipe = pipe;
        this.output = output;
        // Asking takes its time, and the pipe's thread is the client's.
        var _ = pipe.end()
                .thenAcceptAsync(
                        end -> exit.complete(exitOf(end, fate)),
                        task -> Thread.ofVirtual()
                                .name("end of a tenant in " + pod.name())
                                .start(task));
    }

    private TenantExit exitOf(PipeEnd end, Fate fate) {
        if (!lost.isEmpty()) {
            // Where its pod does not answer because that is gone too, the cluster knows more.
            return pod.alive() ? new TenantExit.Lost(lost) : fate.of(pod, new PipeEnd.Broken("it was closed"));
        }
        return unwanted || end.equals(new PipeEnd.Exited(0)) ? told(end) : fate.of(pod, end);
    }

    static TenantExit told(PipeEnd end) {
        return switch (end) {
            case PipeEnd.Exited(int status)
            when status > SIGNALS_BEGIN && status <= SIGNALS_BEGIN + LAST_SIGNAL ->
                new TenantExit.Killed(status - SIGNALS_BEGIN);
            case PipeEnd.Exited(int status) -> new TenantExit.Exited(status);
            case PipeEnd.Broken _ -> new TenantExit.Killed(KILL);
        };
    }

    @Override
    public NodeHelper helper() {
        return pod.helper();
    }

    @Override
    public OptionalInt pid() {
        return exit.isDone() || pipe.end().isDone() ? OptionalInt.empty() : anyPid();
    }

    private OptionalInt anyPid() {
        return output.place().map(place -> OptionalInt.of(place.pid())).orElseGet(OptionalInt::empty);
    }

    @Override
    public void lose(String why) {
        if (!exit.isDone() && !pipe.end().isDone()) {
            lost = why;
            end();
        }
    }

    @Override
    public void send(byte[] line) throws IOException {
        pipe.send(line);
    }

    @Override
    public CompletableFuture<TenantExit> exit() {
        return exit.copy();
    }

    /** None of this host's. */
    @Override
    public Set<Integer> processes() {
        return Set.of();
    }

    @Override
    public Reading<ClockOffset> clock() throws InterruptedException {
        return pod.helper().clock();
    }

    @Override
    public void terminate() {
        unwanted = true;
        anyPid().ifPresentOrElse(pid -> pod.helper().signal("TERM", pid), pipe::close);
    }

    @Override
    public void kill() {
        unwanted = true;
        end();
    }

    /** Nobody else runs in its pod. */
    private void end() {
        pod.helper().killAll();
        var _ = exit.completeOnTimeout(
                lost.isEmpty() ? new TenantExit.Killed(KILL) : new TenantExit.Lost(lost), DEATH_S, TimeUnit.SECONDS);
        pipe.close();
    }

    @Override
    public ObjectNode description() {
        ObjectNode description =
                JsonNodeFactory.instance.objectNode().put("pod", pod.name()).put("image_id", pod.image());
        // By the word of the pod itself.
        output.place().ifPresent(place -> description.put("node", place.node()).put("pid", place.pid()));
        return description;
    }

    /** Also what it left running in its pod. */
    @Override
    public void close() {
        unwanted = true;
        end();
    }
}
