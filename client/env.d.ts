// Tools that do not read Vue files (eslint) see a component; vue-tsc reads the file itself and never comes here.
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
