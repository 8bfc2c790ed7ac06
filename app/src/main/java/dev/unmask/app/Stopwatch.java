package dev.unmask.app;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Time since it was started, by the clock and of the processor.
 *
 * @param clock nanoseconds at the start
 * @param used nanoseconds of the processor that the program had used until then
 */
public record Stopwatch(long clock, long used) {
  /** One that starts now. */
  public static Stopwatch started() {
    return new Stopwatch(System.nanoTime(), processor());
  }

  /** Seconds by the clock. */
  public double elapsed() {
    return (System.nanoTime() - clock) / 1e9;
  }

  /** Seconds of all cores together. */
  public double busy() {
    return (processor() - used) / 1e9;
  }

  private static long processor() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime();
  }
}
