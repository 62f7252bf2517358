namespace Picket.Server.WhatIf;

/// <summary>Changes of policy and feeds tried over the fleet before they are made.</summary>
public static class WhatIfSlice
{
    public static void AddWhatIf(this IServiceCollection services) => services.AddSingleton<WhatIfRuns>();

    public static void MapWhatIf(this WebApplication app) => app.MapWhatIfs();
}
