package io.gpushare.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InheritedEnvironmentTest {
    private static boolean passes(String name, String value) {
        return InheritedEnvironment.of(Map.of(name, value)).equals(Map.of(name, value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "HOME",
                "LC_ALL",
                "TZ",
                "TMPDIR",
                "LD_LIBRARY_PATH",
                "PYTHONPATH",
                "PYTHONNOUSERSITE",
                "VIRTUAL_ENV",
                "CONDA_PREFIX",
                "CUDA_HOME",
                "CUDA_CACHE_PATH",
                "CUDA_DEVICE_ORDER",
                "NVIDIA_TF32_OVERRIDE",
                "NCCL_P2P_DISABLE",
                "TORCH_HOME",
                "TORCHINDUCTOR_CACHE_DIR",
                "PYTORCH_CUDA_ALLOC_CONF",
                "HF_HOME",
                "HF_HUB_OFFLINE",
                "XDG_CACHE_HOME",
                "OMP_NUM_THREADS",
                "MKL_NUM_THREADS",
                "OPENBLAS_NUM_THREADS",
                "TOKENIZERS_PARALLELISM"
            })
    void passesWhatProgramsNeed(String name) {
        assertThat(passes(name, "/a:b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_SECRET_ACCESS_KEY", "DB_PASSWORD", "HF_TOKEN", "HF_HUB_TOKEN_PATH", "NVIDIA_API_KEY",
                        "CONDA_TOKEN",
                "TF_VAR_password", "TORCH_AUTH", "PYTHON_KEYRING_KEY", "https_proxy", "HTTP_PROXY", "SSH_AUTH_SOCK",
                "CUDA_VISIBLE_DEVICES", "NVIDIA_VISIBLE_DEVICES", "CUDA_MPS_PIPE_DIRECTORY", "GPUSHARE_STATE",
                        "PATHOLOGY"
            })
    void keepsSecretsAndWhatThePlacementSays(String name) {
        assertThat(passes(name, "x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:secret@mirror.example/hub", "socks5://me:secret@proxy"})
    void keepsAnAddressWithAPassword(String value) {
        assertThat(passes("HF_ENDPOINT", value)).isFalse();
        assertThat(passes("HF_ENDPOINT", "https://mirror.example:8443/a@b")).isTrue();
    }
}
