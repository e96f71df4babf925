import React from 'react';
import { createRoot } from 'react-dom/client';
import { wrapInTestApp } from '@backstage/test-utils';
import { TextField } from '@material-ui/core';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';

// The pickers of an organization and of a host need a catalog and a login. Text
// fields replace both.
const text = (name) => ({
  name,
  component: ({ onChange, formData, schema, idSchema }) => (
    <TextField id={idSchema?.$id} name={name} label={schema.title} helperText={schema.description} value={formData ?? ''} onChange={(e) => onChange(e.target.value)} fullWidth margin="normal" />
  ),
});

const page = (manifest) => (
  <Stepper manifest={manifest} extensions={[text('OwnerPicker'), text('RepoUrlPicker')]} onCreate={async (values) => {
    const pre = document.createElement('pre');
    pre.id = 'values';
    pre.textContent = JSON.stringify(values);
    document.body.append(pre);
  }} />
);

const manifest = JSON.parse(document.getElementById('manifest').textContent);
createRoot(document.getElementById('root')).render(wrapInTestApp(page(manifest)));
