using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Response;
using Picket.Server.Storage;
using Picket.Server.Sync;

var builder = WebApplication.CreateBuilder(args);

builder.AddHosting();
builder.Services.AddStorage();
builder.AddSecrets();
builder.Services.AddAccess();
builder.Services.AddAudit();
builder.Services.AddIntegrations();
builder.Services.AddSync();
builder.Services.AddResponse();

var app = builder.Build();

app.UseHosting();
app.MapHealth();
app.MapAccess();
app.MapAudit();
app.MapSync();
app.MapResponse();
app.MapIntegrations();

await app.RunPicketAsync();
