package dev.millrace.flow;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method that declares a workflow, of a bean of a worker. It has no parameters, returns a {@link Flow}, and is neither private nor
 * static; the build fails otherwise. It is called once, when the worker starts, which it keeps from starting by what it throws.
 *
 * <p>The worker tells the api of it as it does of its tasks; {@code POST /api/v1/workflows} takes the name as {@code definition}. Another
 * graph under the same name is its next version. A start that names no version gets the highest one that a living worker declares, so that
 * to go back is to run the workers of before; what runs goes on with the graph with which it began.
 *
 * <p>The flow has neither a name, an input nor metadata, which are of each start. Time, priority and tags are those of starts that name none.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Workflow {

    /** The name that starts use, unique among the workflows of a worker: 1 to 128 characters of {@code A-Za-z0-9._:-}. */
    String name();

    /** One sentence for whoever picks this workflow from a list, of at most 1,024 characters. */
    String description() default "";
}
