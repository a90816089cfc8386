/**
 * Files that are there whole or not at all, whatever happens while they are written; files of others, read within
 * limits; and locks that die with their process.
 */
@NullMarked
package io.gpushare.file;

import org.jspecify.annotations.NullMarked;
