/**
 * Where tenants run: containers, plain processes, steps of a job of Slurm, pods of Kubernetes or the
 * simulated GPU, all behind {@link io.gpushare.runtime.TenantRuntime}.
 */
@NullMarked
package io.gpushare.runtime;

import org.jspecify.annotations.NullMarked;
