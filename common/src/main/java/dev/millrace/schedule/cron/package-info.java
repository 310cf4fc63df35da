/**
 * Cron expressions: which whole seconds of a calendar one admits. What clocks that are set forward and back make of it
 * says {@link dev.millrace.schedule.trigger.Cron}.
 *
 * <pre>
 * [second] minute hour day-of-month month day-of-week        second 0 if there are five fields
 * &#64;yearly &#64;annually &#64;monthly &#64;weekly &#64;daily &#64;midnight &#64;hourly
 *
 * *         every value                          second, minute   0-59
 * 5         one value                            hour             0-23
 * 1-5       a range; 22-2 comes round the end    day of month     1-31
 * 10/15     from 10 to the field's end, every 15 month            1-12   JAN-DEC
 * 1-30/2    a range, every second                day of week      0-7    SUN-SAT, 0 and 7 are Sunday
 * 1,5,8-10  any of these
 *
 * day of month:  ?  as *   L  last day   L-2  second day before it   LW  last weekday   15W  weekday nearest to the 15th
 * day of week:   ?  as *   FRIL  last Friday   FRI#2  second Friday (1 to 5)
 * </pre>
 *
 * Names are read in either case. A weekday is Monday to Friday; the one nearest to a day stays in its month. A month
 * that has no such day (31, 31W, a fifth Friday) is passed over. A step starts again in each round: minutes
 * {@code *}{@code /7} are 0, 7 … 56, then 0.
 *
 * <p><b>Two day fields.</b> A day field is restricted unless its text is {@code *} or {@code ?} ({@code *}{@code /2} is
 * restricted). If one is restricted, it decides. If both are, {@link dev.millrace.schedule.cron.DayMatch} does.
 */
@NullMarked
package dev.millrace.schedule.cron;

import org.jspecify.annotations.NullMarked;
