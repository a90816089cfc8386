/**
 * Result files: where they lie, what they are called, how they appear whole or not at all, and what they must contain.
 */
@NullMarked
package io.gpushare.results;

import org.jspecify.annotations.NullMarked;
