/** How many tenants fit: the command that searches, and what it prints, draws and writes. */
@NullMarked
package io.gpushare.cli.stress;

import org.jspecify.annotations.NullMarked;
