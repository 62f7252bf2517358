using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Storage;

var builder = WebApplication.CreateBuilder(args);

builder.AddHosting();
builder.Services.AddStorage();
builder.AddSecrets();
builder.Services.AddAccess();
builder.Services.AddSingleton<AuditLog>();
builder.Services.AddIntegrations();

var app = builder.Build();

app.UseHosting();
app.MapHealth();
app.MapAccess();

await app.RunPicketAsync();
