package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class ListeningProcessesTest {
    @Test
    void findsWhoListensAndWhatItStarted() throws Exception {
        int own = Math.toIntExact(ProcessHandle.current().pid());
        Process child = new ProcessBuilder("sleep", "60").start();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ListeningProcesses.on(socket.getLocalPort())).contains(own, (int) child.pid());
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void findsNobodyOnAFreePort() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(ListeningProcesses.on(port)).isEmpty();
    }
}
