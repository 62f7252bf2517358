using Picket.Server.Audit;

namespace Picket.Server.Integrations;

/// <summary>What every change of settings needs.</summary>
public sealed record SettingsServices(
    Doctor Doctor,
    Patients Patients,
    UemClients Clients,
    UemConnections Connections,
    SecretBox Secrets,
    AuditLog Audit,
    IntegrationViews Views,
    TimeProvider Time,
    ILogger<SettingsServices> Log
);
