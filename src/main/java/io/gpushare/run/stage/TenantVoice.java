package io.gpushare.run.stage;

import io.gpushare.process.ProgramOutput;
import io.gpushare.workload.protocol.MessageOrder;
import io.gpushare.workload.protocol.ProtocolListener;
import io.gpushare.workload.protocol.ProtocolReader;
import io.gpushare.workload.protocol.TenantMessage;
import java.util.Optional;

/** Turns what a tenant prints into events and a log. Called by the runtime, on its threads. */
final class TenantVoice implements ProgramOutput {
    private final int place;
    private final StageInbox inbox;
    private final TenantLog log;
    private final MessageOrder order = new MessageOrder();
    private final ProtocolReader reader = new ProtocolReader(new Meaning());
    private boolean ignored;

    TenantVoice(int place, StageInbox inbox, TenantLog log) {
        this.place = place;
        this.inbox = inbox;
        this.log = log;
    }

    @Override
    public void stdout(byte[] bytes, int offset, int count) {
        reader.feed(bytes, offset, count);
    }

    @Override
    public void stderr(byte[] bytes, int offset, int count) {
        log.write(bytes, offset, count);
    }

    /** After the last output. */
    void end() {
        reader.end();
        log.close();
    }

    private void violated(String problem) {
        if (!ignored) {
            ignored = true;
            inbox.put(new StageEvent.Violated(place, problem));
        }
    }

    private final class Meaning implements ProtocolListener {
        @Override
        public void message(TenantMessage message) {
            if (ignored) {
                return;
            }
            Optional<String> outOfOrder = order.violationBy(message);
            if (outOfOrder.isPresent()) {
                violated(outOfOrder.get());
            } else {
                inbox.put(new StageEvent.Said(place, message, inbox.mailbox().nanos()));
            }
        }

        @Override
        public void log(byte[] bytes, int offset, int count) {
            log.write(bytes, offset, count);
        }

        @Override
        public void violation(String problem) {
            violated(problem);
        }
    }
}
