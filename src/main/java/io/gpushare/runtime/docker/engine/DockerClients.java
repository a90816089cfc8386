package io.gpushare.runtime.docker.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.nio.file.Path;
import java.time.Duration;

/** The only door to docker-java: classes that touch this one load it. */
public final class DockerClients {
    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

    private DockerClients() {}

    /**
     * A client for an engine that was found, in the API version agreed with it. The caller closes it. Answers have no
     * time limit: waiting for a container takes as long as the container runs.
     */
    public static DockerClient open(Engine engine) {
        // docker-java sends requests without a version unless told, and reads DOCKER_* variables of its own accord.
        DockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(uri(engine.address()))
                .withApiVersion(engine.apiVersion().toString())
                .withDockerTlsVerify(false)
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .connectionTimeout(CONNECTION_TIMEOUT)
                        .build());
    }

    /** As docker-java reads addresses, which takes a path with a blank for none unless it is escaped. */
    private static String uri(EngineAddress address) {
        return address instanceof EngineAddress.UnixSocket(Path path)
                ? "unix://" + path.toUri().getRawPath()
                : address.toString();
    }
}
