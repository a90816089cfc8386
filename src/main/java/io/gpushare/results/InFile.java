package io.gpushare.results;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a component of a record stands in a file, where {@link RecordJson} cannot know it from its name and type. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface InFile {
    /** Empty for its own name. */
    String name() default "";

    /** Why a reading is absent of which the files of older versions say nothing. */
    String otherwise() default "";

    /** Whether somebody else writes and reads it. */
    boolean apart() default false;
}
