package io.gpushare.runtime.kubernetes;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.text.Durations;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a node has come into its mode.
 *
 * @param cards how many it has, where the node itself does not say
 */
record ModeArrival(PluginMode mode, PluginPlace place, OptionalInt cards) {

    /** @throws GpushareException when it does not come in time */
    Advertised await(NodeWait wait) throws InterruptedException {
        Optional<Advertised> arrived = wait.until(this::reached, now -> mode.wanted(now, cards));
        if (arrived.isPresent()) {
            return arrived.get();
        }
        PluginNode node = wait.node();
        throw overdue(node.name(), node.look().orElseThrow(node::gone));
    }

    boolean shownBy(Advertised node) {
        return mode.shownBy(node, cards);
    }

    private boolean reached(Advertised now) {
        if (place.mig().isPresent() && migState(now).equals("failed")) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    "the MIG manager could not divide the GPUs as "
                            + place.mig().get() + " says",
                    "The log of its pod on the node says why. It cannot while they are in use.");
        }
        return shownBy(now) && isDivided(now);
    }

    private boolean isDivided(Advertised now) {
        return place.mig().isEmpty() || migState(now).equals("success");
    }

    private static String migState(Advertised now) {
        return now.label(Advertised.MIG_STATE).orElse("unknown");
    }

    private GpushareException overdue(String node, Advertised now) {
        String division = isDivided(now) ? "" : ", and the state of the MIG manager is '" + migState(now) + "'";
        return new GpushareException(
                ExitStatus.FAILED,
                "the node " + node + " did not advertise " + mode.wanted(now, cards) + " within "
                        + Durations.text(place.patience()) + ": it has " + now.words() + division,
                "Does its device plugin read the ConfigMap " + place.configMap() + " of the namespace "
                        + place.namespace() + "? A kubelet may hand it on only after two minutes;"
                        + " --kubernetes wait=10m waits longer.");
    }
}
