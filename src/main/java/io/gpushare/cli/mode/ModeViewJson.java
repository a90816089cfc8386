package io.gpushare.cli.mode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.mode.ModeView.SeenDaemon;
import io.gpushare.cli.mode.ModeView.User;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.mode.setup.GpuSetupJson;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Locale;

/** How a GPU is set up, for a program. */
final class ModeViewJson {
    private ModeViewJson() {}

    static ObjectNode of(ModeView view) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("index", view.gpu().index())
                .put("uuid", view.gpu().uuid())
                .put("name", view.gpu().name())
                .put("simulated", view.simulated());
        node.setAll(GpuSetupJson.of(view.setup()));
        ArrayNode devices = node.putArray("mig_devices");
        view.devices().forEach(device -> devices.add(device(device)));
        ArrayNode daemons = node.putArray("mps_daemons");
        view.daemons().forEach(daemon -> daemons.add(daemon(daemon)));
        switch (view.users()) {
            case Reading.Absent<List<User>>(var absence) ->
                node.putNull("processes").put("processes_absent", absence.reason());
            case Reading.Value<List<User>>(List<User> users) -> {
                ArrayNode list = node.putArray("processes");
                users.forEach(user -> list.add(user(user)));
            }
        }
        ArrayNode entries = node.putArray("changes");
        view.entries().forEach(entry -> entries.add(entry(entry)));
        return node;
    }

    private static ObjectNode device(SeenDevice device) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("uuid", device.uuid())
                .put("gpu_instance_start", device.gpuInstanceStart())
                .put("compute_instance_start", device.computeInstanceStart());
        device.smCount().ifPresent(count -> node.put("sm_count", count));
        return node;
    }

    private static ObjectNode daemon(SeenDaemon daemon) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("pipe_directory", daemon.pipeDirectory().toString())
                .put("ours", daemon.ours().isPresent());
        daemon.ours()
                .ifPresent(ours -> node.setAll(
                        (ObjectNode) GpuSetupJson.ofDaemons(List.of(ours)).get(0)));
        switch (daemon.state()) {
            case DaemonState.Absent() -> node.put("answers", false);
            case DaemonState.Unclear(String why) -> node.put("answers", false).put("why", why);
            case DaemonState.Running(List<Server> servers) -> {
                ArrayNode list = node.put("answers", true).putArray("servers");
                for (Server server : servers) {
                    ObjectNode one = list.addObject().put("pid", server.pid());
                    server.userId().ifPresent(user -> one.put("user_id", user));
                    ArrayNode clients = one.putArray("clients");
                    server.clients().forEach(clients::add);
                }
            }
        }
        return node;
    }

    private static ObjectNode user(User user) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("pid", user.process().pid())
                .put("kind", user.process().kind().name().toLowerCase(Locale.ROOT));
        user.process().memoryBytes().asOptional().ifPresent(bytes -> node.put("memory_bytes", bytes));
        user.commandLine().ifPresent(line -> node.put("command_line", line));
        return node;
    }

    private static ObjectNode entry(JournalEntry entry) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("lifetime", entry.lifetime().name().toLowerCase(Locale.ROOT))
                .put("purpose", entry.purpose())
                .put("pid", entry.owner().pid())
                .put("owner", entry.owner().state().name().toLowerCase(Locale.ROOT))
                .put("began_utc", entry.beganAt().toString());
    }
}
