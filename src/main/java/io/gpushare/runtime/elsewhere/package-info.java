/**
 * What runtimes have in common whose tenants a launcher starts on other machines: a helper there that answers, where a
 * program says that it runs, and a watch for programs that their launcher lost.
 */
@NullMarked
package io.gpushare.runtime.elsewhere;

import org.jspecify.annotations.NullMarked;
