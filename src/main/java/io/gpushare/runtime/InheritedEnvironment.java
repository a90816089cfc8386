package io.gpushare.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a tenant gets of gpushare's own environment: where things lie and how libraries compute, so that programs run on
 * any machine, and nothing that is somebody's secret or the placement's to say.
 */
public final class InheritedEnvironment {
    private static final Set<String> NAMES = Set.of(
            // Who and where.
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "LANG",
            "LANGUAGE",
            "LOCALE_ARCHIVE",
            "TZ",
            "TMPDIR",
            "XDG_CACHE_HOME",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            // Libraries, and the compiler with which PyTorch makes kernels.
            "LD_LIBRARY_PATH",
            "LIBRARY_PATH",
            "CPATH",
            "C_INCLUDE_PATH",
            "CC",
            "CXX",
            "VIRTUAL_ENV",
            "GLIBC_TUNABLES",
            "TOKENIZERS_PARALLELISM");

    private static final Pattern BEGINNINGS = Pattern.compile("(LC_|PYTHON|CONDA_|CUDA_|CUDNN_|CUBLAS_|NVIDIA_|NCCL_"
            + "|NVSHMEM_|UCX_|GLOO_|TORCH|PYTORCH_|TRITON_|TF_|XLA_|JAX_|HF_|TRANSFORMERS_|OMP_|KMP_|GOMP_"
            + "|MKL_|OPENBLAS_|BLIS_|NUMEXPR_|MALLOC_).*");

    /** Which GPU and how it is shared: the placement says so. */
    private static final Pattern OF_THE_PLACEMENT =
            Pattern.compile("CUDA_VISIBLE_DEVICES|NVIDIA_VISIBLE_DEVICES|CUDA_MPS_.*");

    private static final Pattern SECRET_NAME =
            Pattern.compile(".*(TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|APIKEY).*"
                    + "|(.*_)?(KEYS?|PASS|PW|PWD|AUTH|COOKIE)(_.*)?");

    /** As in {@code https://user:password@mirror.example}. */
    private static final Pattern SECRET_VALUE = Pattern.compile("://[^/@\\s]*:[^/@\\s]*@");

    private InheritedEnvironment() {}

    /** @param own environment of gpushare */
    public static Map<String, String> of(Map<String, String> own) {
        Map<String, String> inherited = new TreeMap<>();
        own.forEach((name, value) -> {
            if (isUsual(name) && !SECRET_VALUE.matcher(value).find()) {
                inherited.put(name, value);
            }
        });
        return inherited;
    }

    private static boolean isUsual(String name) {
        return NAMES.contains(name)
                || (BEGINNINGS.matcher(name).matches()
                        && !OF_THE_PLACEMENT.matcher(name).matches()
                        && !SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches());
    }
}
