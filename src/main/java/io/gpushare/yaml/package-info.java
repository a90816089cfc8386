/** YAML files that people write by hand, read strictly: every problem names the file, the line and the property. */
@NullMarked
package io.gpushare.yaml;

import org.jspecify.annotations.NullMarked;
