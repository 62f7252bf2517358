using Picket.Server.Hosting;

namespace Picket.Server.Commands;

/// <summary>Commands to devices: sent at most once, wipes after the word of two people.</summary>
public static class CommandsSlice
{
    public static void AddCommands(this IServiceCollection services)
    {
        services
            .AddOptions<CommandOptions>()
            .BindConfiguration("Commands")
            .RefuseUnknownSettings("Commands")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<CommandQueries>();
        services.AddSingleton<ApprovalQueries>();
        services.AddSingleton<WipePreviews>();
        services.AddSingleton<WipeParties>();
        services.AddSingleton<CommandMaker>();
        services.AddSingleton<MessageMaker>();
        services.AddSingleton<PolicyMessageScan>();
        services.AddSingleton<PolicyMessageDecisions>();
        services.AddHostedService<PolicyMessagesWorker>();
        services.AddSingleton<CommandDecisions>();
        services.AddSingleton<CommandRunner>();
        services.AddHostedService<CommandsWorker>();
    }

    public static void MapCommands(this WebApplication app)
    {
        app.MapCommandSettings();
        app.MapDeviceCommands();
        app.MapWipes();
        app.MapMessages();
        app.MapPolicyMessages();
    }
}
