/**
 * Tenants as programs in pods of a Kubernetes cluster: pods that wait hold the place of a run, a tenant is started in
 * its pod through {@code exec}, whose pipes are the tenant's. The client library is known here only.
 */
@NullMarked
package io.gpushare.runtime.kubernetes;

import org.jspecify.annotations.NullMarked;
