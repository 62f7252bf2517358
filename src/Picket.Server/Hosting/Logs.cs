using OpenTelemetry.Logs;

namespace Picket.Server.Hosting;

internal static class Logs
{
    /// <summary>
    /// One JSON object a line where a program reads them, one short line each at a terminal; a setting
    /// <c>Logging:Console:FormatterName</c> decides otherwise. By OTLP too where its address is set.
    /// </summary>
    public static void AddLogs(this WebApplicationBuilder builder)
    {
        // What these tell at Information is about themselves, at length.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error); // Advises one heap for each core at every start.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        if (builder.Configuration["Logging:Console:FormatterName"] is null)
        {
            AddConsole(builder.Logging);
        }

        if (Telemetry.IsExported(builder.Configuration))
        {
            // The first owner's link is for whoever stands at this machine.
            builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(People.FirstOwnerNotice.Category, LogLevel.None);
            builder.Services.AddOpenTelemetry().WithLogging(logs => logs.AddOtlpExporter());
        }
    }

    private static void AddConsole(ILoggingBuilder logging)
    {
        if (System.Console.IsOutputRedirected)
        {
            logging.AddJsonConsole(console =>
                (console.UseUtcTimestamp, console.TimestampFormat, console.IncludeScopes) = (true, "O", false)
            );
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        }
    }
}
