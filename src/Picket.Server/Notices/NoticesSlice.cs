using Picket.Server.Hosting;

namespace Picket.Server.Notices;

/// <summary>Tells people, by e-mail and webhooks, what is not as it should be.</summary>
public static class NoticesSlice
{
    private const string Section = "Notices";

    public static void AddNotices(this IServiceCollection services)
    {
        services
            .AddOptions<NoticeOptions>()
            .BindConfiguration(Section)
            .RefuseUnknownSettings(Section)
            .ValidateDataAnnotations()
            .Validate(
                options => options.ConsoleAddress is not { Length: > 0 } address || IsAddress(address),
                "Notices:ConsoleAddress is no address of a website, such as https://picket.example.com."
            )
            .ValidateOnStart();
        services.AddSingleton<NoticeSecretBox>();
        services.AddSingleton<NoticeSignal>();
        services.AddSingleton<NoticeStore>();
        services.AddSingleton<NoticeConditions>();
        services.AddSingleton<NoticeFindings>();
        services.AddSingleton<NoticeDigests>();
        services.AddSingleton<NoticeScan>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<NoticeSender>();
        services.AddHostedService<NoticeWorker>();
    }

    public static void MapNotices(this WebApplication app)
    {
        app.MapNoticeChannels();
        app.MapNoticeDeliveries();
    }

    private static bool IsAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme is "https" or "http");
}
