package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.workload.protocol.TenantMessage;

/** A tenant's first words, as the protocol has them. */
final class HelloJson {
    private HelloJson() {}

    static ObjectNode of(TenantMessage.Hello hello) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("workload", hello.workload()).put("pid", hello.pid());
        ObjectNode versions = node.putObject("versions");
        hello.versions().forEach(versions::put);
        ObjectNode settings = node.putObject("settings");
        hello.settings().forEach(settings::put);
        hello.device().ifPresentOrElse(device -> put(node.putObject("device"), device), () -> node.putNull("device"));
        hello.more().forEach(node::set);
        return node;
    }

    private static void put(ObjectNode node, TenantMessage.Device device) {
        node.put("name", device.name());
        device.uuid().ifPresent(uuid -> node.put("uuid", uuid));
        device.smCount().ifPresent(count -> node.put("sm_count", count));
        device.memoryBytes().ifPresent(bytes -> node.put("memory_bytes", bytes));
    }
}
