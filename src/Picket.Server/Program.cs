using Picket.Server.Access;
using Picket.Server.Audit;
using Picket.Server.Console;
using Picket.Server.Deployment;
using Picket.Server.Enrollment;
using Picket.Server.Hosting;
using Picket.Server.Integrations;
using Picket.Server.Intelligence;
using Picket.Server.Inventory;
using Picket.Server.People;
using Picket.Server.Policy;
using Picket.Server.Response;
using Picket.Server.Risk;
using Picket.Server.Storage;
using Picket.Server.Sync;
using Picket.Server.WhatIf;

var builder = Start.Builder(args);

builder.AddHosting();
builder.Services.AddStorage();
builder.AddSecrets();
builder.Services.AddAccess();
builder.Services.AddPeople();
builder.Services.AddAudit();
builder.Services.AddIntegrations();
builder.Services.AddSync();
builder.Services.AddInventory();
builder.Services.AddIntelligence();
builder.Services.AddPolicy();
builder.Services.AddRisk();
builder.Services.AddWhatIf();
builder.Services.AddResponse();
builder.Services.AddEnrollment();
builder.Services.AddDeployment();
builder.Services.AddConsole();

var app = builder.Build();

app.UseHosting();
app.MapHealth();
app.MapAccess();
app.MapPeople();
app.MapAudit();
app.MapIntegrations();
app.MapSync();
app.MapInventory();
app.MapIntelligence();
app.MapPolicy();
app.MapRisk();
app.MapWhatIf();
app.MapResponse();
app.MapEnrollment();
app.MapDeployment();
app.MapConsole();

await app.RunPicketAsync(args);
