/**
 * Tenants as steps of a job of Slurm: one allocation a run, a step a tenant through {@code srun}, whose pipes are the
 * tenant's.
 */
@NullMarked
package io.gpushare.runtime.slurm;

import org.jspecify.annotations.NullMarked;
